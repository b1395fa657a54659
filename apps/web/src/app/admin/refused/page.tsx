import type { Metadata } from "next";
import { ButtonLink } from "../../../ui/button.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Not of your role" };

/** For a member whose role does not include the page that was asked for. */
export default function RefusedPage() {
  return (
    <>
      <PageHead title="Your role does not include that page." />
      <p>Whoever may change members of the organization can give you another role. It counts at once.</p>
      <p>
        <ButtonLink href="/admin">Go to the overview</ButtonLink>
      </p>
    </>
  );
}
