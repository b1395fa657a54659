import type { Metadata } from "next";
import { ButtonLink } from "../../../ui/button.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Not of your role" };

type Props = { searchParams: Promise<{ for?: string | string[] }> };

/** For a member whose role does not include the page that was asked for, or who asked for one of operators. */
export default async function RefusedPage({ searchParams }: Props) {
  const isForOperators = (await searchParams).for === "operators";
  return (
    <>
      {isForOperators ? (
        <>
          <PageHead title="That page is for operators." />
          <p>They run the whole installation. No role in an organization includes it.</p>
        </>
      ) : (
        <>
          <PageHead title="Your role does not include that page." />
          <p>Whoever may change members of the organization can give you another role. It counts at once.</p>
        </>
      )}
      <p>
        <ButtonLink href="/admin">Go to the overview</ButtonLink>
      </p>
    </>
  );
}
