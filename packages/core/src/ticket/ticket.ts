/** A ticket as issued. `status` moves issued -> used, or -> void when refunded or replaced. */
export type Ticket = {
  readonly id: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly itemIndex: number;
  readonly seatNo: number | null;
  readonly areaNo: number | null;
  readonly place: { readonly section: string; readonly row: string | null; readonly seat: string | null };
  readonly ticketType: string;
  readonly status: "issued" | "used" | "void";
  readonly issuedAtMs: number;
};
