import { PageFrame } from "../../ui/frame/page-frame.tsx";

/** A payment was asked for and nobody has answered yet: what that means, and that nothing is left to press. */
export function InQueue({ isWritten = true }: { isWritten?: boolean }) {
  const title = isWritten ? "Your order is waiting its turn." : "We are finding out how your order stands.";
  return (
    <PageFrame width="message">
      <h1>{title}</h1>
      <output className="visually-hidden">{title} This page goes on by itself.</output>
      {isWritten ? (
        <>
          <p>
            Orders are not being worked off at the moment. Nothing is charged yet. Yours goes on by itself as
            soon as they are, and so does this page. Do not pay again.
          </p>
          <p>If that comes too late to pay in time, your seats are given back and nothing is charged.</p>
        </>
      ) : (
        <p>
          Onsale cannot answer at the moment. This page asks again by itself until it can. Do not pay again;
          an order is never paid twice.
        </p>
      )}
    </PageFrame>
  );
}
