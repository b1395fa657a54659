import { buffersOf, readLayout } from "./read-layout.ts";

export type LayoutAnswer = Awaited<ReturnType<typeof readLayout>> | { readonly failed: string };

self.addEventListener("message", ({ data }: MessageEvent<string>) => {
  readLayout(data).then(
    (read) => self.postMessage(read, { transfer: buffersOf(read) }),
    (error: unknown) => self.postMessage({ failed: String(error) } satisfies LayoutAnswer),
  );
});
