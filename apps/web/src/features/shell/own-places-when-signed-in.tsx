"use client";

import dynamic from "next/dynamic";

/** Whoever is not signed in does not load the script of this header. */
export const OwnPlacesWhenSignedIn = dynamic(async () => (await import("./own-places.tsx")).OwnPlaces);
