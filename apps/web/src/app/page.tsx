import { Programme } from "../features/event/programme.tsx";
import { api } from "../server/bridge.ts";

export default async function HomePage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const { q } = await searchParams;
  const query = (typeof q === "string" ? q : "").trim().slice(0, 100);
  const { events } = await (await api()).event.list({ query });
  return <Programme events={events} query={query} />;
}
