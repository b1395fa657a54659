"use client";

import type { Point } from "@onsale/core/layout/layout";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Marks } from "./paint-marks.ts";
import type { LiveStock } from "./live-stock.ts";
import { attachGestures } from "./map-gestures.ts";
import type { MapModel } from "./map-model.ts";
import { readMapColors } from "./map-colors.ts";
import type { Hit } from "./map-hit.ts";
import { makeMapView, type MapView } from "./map-view.ts";
import { SeatCard, type SeatCardFacts } from "./seat-card.tsx";
import styles from "./seat-map.module.css";

const ZOOM_STEP = 1.7;
/** The map is painted anew when one of these begins or ends to apply. */
const THEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

export type SeatMapHandle = { readonly showSeat: (seatNo: number) => void };

export type SeatMapProps = {
  readonly model: MapModel;
  readonly live: LiveStock;
  readonly levelOf: Uint8Array;
  /** Categories the legend leaves in; null is all. */
  readonly shown: ReadonlySet<number> | null;
  readonly marks: Pick<Marks, "yours" | "offered">;
  readonly describe: (seatNo: number) => SeatCardFacts;
  readonly onSeat: (seatNo: number) => void;
  readonly onArea: (areaNo: number) => void;
  readonly handle?: Ref<SeatMapHandle>;
};

type Card = { readonly facts: SeatCardFacts; readonly at: Point };

export function SeatMap(props: SeatMapProps) {
  const { model, live, levelOf, shown, marks } = props;
  const frame = useRef<HTMLDivElement>(null);
  const touched = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const miniMap = useRef<HTMLCanvasElement>(null);
  const view = useRef<MapView | null>(null);
  const latest = useRef(props);
  const [card, setCard] = useState<Card | null>(null);
  const [hovered, setHovered] = useState(-1);
  const [camera, setCamera] = useState({ zoomed: false, atMax: false, section: "" });
  useEffect(() => {
    latest.current = props;
  });

  useImperativeHandle(props.handle, () => ({ showSeat: (seatNo) => view.current?.flyToSeat(seatNo) }), []);

  useEffect(() => {
    const box = frame.current;
    const surface = touched.current;
    const picture = canvas.current;
    const coarse = below.current;
    const mini = miniMap.current;
    if (!box || !surface || !picture || !coarse || !mini) return undefined;
    const made = makeMapView({
      canvas: picture,
      below: coarse,
      miniMap: mini,
      model,
      stock: live.stock,
      levelOf,
      colors: readMapColors(box),
      onCamera: setCamera,
    });
    view.current = made;

    const showCard = (seatNo: number) => {
      setHovered(seatNo);
      setCard(seatNo < 0 ? null : { facts: latest.current.describe(seatNo), at: made.seatOnScreen(seatNo) });
    };
    const act = (hit: Hit, at: Point) => {
      if (hit.kind === "seat") latest.current.onSeat(hit.seatNo);
      else if (hit.kind === "section" && hit.section.areaNo !== null)
        latest.current.onArea(hit.section.areaNo);
      else if (hit.kind === "section") made.flyToSection(hit.section, at);
    };
    const detach = attachGestures(surface, {
      view: made,
      onTap: (at, touch) => {
        const hit = made.hit(at, touch);
        act(hit, at);
        // Under a finger a card would hide the neighbours; what was chosen stands in the selection.
        showCard(hit.kind === "seat" && !touch ? hit.seatNo : -1);
      },
      onHover: (at) => {
        const hit = at ? made.hit(at, false) : ({ kind: "nothing" } as const);
        surface.style.cursor = hit.kind === "nothing" ? "grab" : "pointer";
        showCard(hit.kind === "seat" ? hit.seatNo : -1);
      },
      onMove: () => showCard(-1),
    });

    const sizes = new ResizeObserver(([entry]) => {
      if (entry) made.resize(entry.contentRect.width, entry.contentRect.height);
    });
    sizes.observe(box);
    const themes = THEMES.map((query) => matchMedia(query));
    const recolor = () => made.setColors(readMapColors(box));
    for (const theme of themes) theme.addEventListener("change", recolor);
    // A canvas that is painted before the font is there does not repaint itself.
    if (document.fonts.status !== "loaded") void document.fonts.ready.then(recolor);
    const unsubscribe = live.subscribe(made.seatsChanged);
    return () => {
      detach();
      sizes.disconnect();
      for (const theme of themes) theme.removeEventListener("change", recolor);
      unsubscribe();
      made.destroy();
      view.current = null;
    };
  }, [model, live, levelOf]);

  useEffect(() => view.current?.setShown(shown), [shown]);
  useEffect(() => view.current?.setMarks({ ...marks, hovered }), [marks, hovered]);

  const jump = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const made = view.current;
    if (made && (event.buttons & 1) === 1)
      made.centreOn(made.miniToWorld({ x: event.clientX - box.left, y: event.clientY - box.top }));
  };

  return (
    <div className={styles["map"]}>
      <div ref={frame} className={styles["frame"]}>
        {/* The canvases move under the compositor's hands; what is touched and named stays where it is. */}
        <div
          ref={touched}
          className={styles["surface"]}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it takes the keys its name speaks of
          tabIndex={0}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> cannot be painted on or take keys
          role="img"
          aria-label="Seat map. Arrow keys move it, plus and minus zoom, Home shows the whole plan. To choose seats with the keyboard or a screen reader, use the list view."
        >
          <canvas ref={below} className={styles["canvas"]} />
          <canvas ref={canvas} className={styles["canvas"]} />
        </div>
        {card && <SeatCard facts={card.facts} at={card.at} />}
      </div>
      {/* Beside the canvas and never over it: a button on the map hides the seats below it. */}
      <div className={styles["tools"]}>
        <fieldset className={styles["zoom"]} aria-label="Zoom">
          <button
            type="button"
            aria-label="Zoom in"
            disabled={camera.atMax}
            onClick={() => view.current?.zoomBy(ZOOM_STEP)}
          >
            <PlusSign />
          </button>
          <button type="button" aria-label="Zoom out" onClick={() => view.current?.zoomBy(1 / ZOOM_STEP)}>
            <MinusSign />
          </button>
          <button
            type="button"
            className={styles["whole"]}
            data-zoomed={camera.zoomed}
            onClick={() => view.current?.home()}
          >
            Whole plan
          </button>
        </fieldset>
        <p className={styles["section"]}>{camera.section}</p>
        <canvas
          ref={miniMap}
          className={styles["mini"]}
          data-zoomed={camera.zoomed}
          aria-hidden="true"
          onPointerDown={jump}
          onPointerMove={jump}
        />
      </div>
    </div>
  );
}

function PlusSign() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 3v14M3 10h14" />
    </svg>
  );
}

function MinusSign() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 10h14" />
    </svg>
  );
}
