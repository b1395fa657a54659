import { Programme } from "../features/programme/programme.tsx";
import { askOf, readParams, type SearchParams } from "../features/programme/programme-link.ts";
import { api } from "../server/bridge.ts";
import { requestLocale } from "../server/locale.ts";

export default async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = readParams(await searchParams);
  const found = await (await api()).event.list(askOf(params).ask);
  return <Programme found={found} params={params} locale={await requestLocale()} />;
}
