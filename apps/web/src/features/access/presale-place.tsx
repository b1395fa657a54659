"use client";

import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import type { PresaleBox } from "./presale-box.tsx";

/** Keeps what a presale needs (calls to the API, checks of codes) out of the script of every event's page. */
const WithApi = dynamic(async () => {
  const [{ ApiProvider }, { PresaleBox: Box }] = await Promise.all([
    import("../../trpc/provider.tsx"),
    import("./presale-box.tsx"),
  ]);
  return function PresaleWithApi(props: ComponentProps<typeof PresaleBox>) {
    return (
      <ApiProvider>
        <Box {...props} />
      </ApiProvider>
    );
  };
});

export function PresalePlace(props: ComponentProps<typeof PresaleBox>) {
  return <WithApi {...props} />;
}
