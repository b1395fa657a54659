import { ButtonAnchor } from "../ui/button-anchor.tsx";
import { PageFrame } from "../ui/frame/page-frame.tsx";

export const metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <PageFrame width="message">
      <h1 className="display">This seat is empty.</h1>
      <p>There is no page at this address. The event may have been renamed, or the link was cut off.</p>
      <ButtonAnchor href="/">See the programme</ButtonAnchor>
    </PageFrame>
  );
}
