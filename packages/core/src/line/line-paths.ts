/** Where the document is, below the server's address. */
export const lineNowPath = (lineId: string) => `/api/lines/${lineId}/now`;
export const drawFilePath = (lineId: string) => `/api/lines/${lineId}/draw.json`;
