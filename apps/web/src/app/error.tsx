"use client";

import { ButtonAnchor } from "../ui/button-anchor.tsx";
import { PageFrame } from "../ui/frame/page-frame.tsx";

/** Loads the page whole again: what failed may be anything that a part of it needs. */
export default function ErrorPage() {
  return (
    <PageFrame width="message">
      <h1 className="display">This page could not be shown.</h1>
      <p>
        Something went wrong on our side. If you hold seats, look at your checkout: their time runs on. A
        payment is never taken twice; if you were paying, look under My tickets first.
      </p>
      <ButtonAnchor href="">Try again</ButtonAnchor>
    </PageFrame>
  );
}
