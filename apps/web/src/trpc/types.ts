import type { AppRouter } from "@onsale/api/router";
import type { inferRouterOutputs } from "@trpc/server";

type Outputs = inferRouterOutputs<AppRouter>;
/**
 * As the procedure returns it, before JSON: what server components get. What the client infers differs only in spelling
 * optional fields more narrowly, and fits it.
 */
type Direct<P extends { _def: { $types: { output: unknown } } }> = P["_def"]["$types"]["output"];
export type EventList = Outputs["event"]["list"];
export type EventCard = EventList["events"][number];
export type EventPage = Direct<AppRouter["event"]["bySlug"]>;
export type SaleMap = NonNullable<EventPage["map"]>;
export type QuotedHold = Outputs["hold"]["create"];
export type CheckoutProgress = Outputs["checkout"]["start"];
export type OrderPage = Outputs["order"]["get"];
export type LatestOrder = NonNullable<Outputs["order"]["latestIn"]>;
export type MyOrder = Outputs["order"]["mine"]["items"][number];
export type MyTicket = Outputs["ticket"]["mine"]["items"][number];
export type Me = NonNullable<Outputs["account"]["me"]>;
export type SessionOfMine = Outputs["account"]["sessions"]["list"][number];
export type RiskRow = Outputs["admin"]["risk"]["list"]["items"][number];
export type AdminEvent = Outputs["admin"]["events"]["list"]["items"][number];
export type AdminEventPage = Direct<AppRouter["admin"]["events"]["get"]>;
export type WaitlistSeen = Outputs["admin"]["waitlist"]["list"];
export type AccessOverview = Outputs["admin"]["access"]["overview"];
export type EventSales = Outputs["admin"]["events"]["sales"];
export type MyOrganization = Outputs["organization"]["mine"][number];
export type OrganizationSettings = Outputs["organization"]["get"];
export type MembersPage = Outputs["organization"]["members"]["list"];
export type OrganizationMember = MembersPage["members"][number];
export type OpenInvitation = MembersPage["invitations"][number];
export type InvitationOffer = Outputs["organization"]["invitations"]["look"];
export type Organizer = Direct<AppRouter["organizer"]["get"]>;
export type AdminVenue = Outputs["admin"]["venues"]["list"][number];
export type AdminLayout = Outputs["admin"]["layouts"]["list"]["items"][number];
export type ImportAnswer = Outputs["admin"]["layouts"]["import"];
