/** The tokens that the canvas paints with; read from CSS once per theme. */
export type MapColors = {
  readonly ground: string;
  readonly section: string;
  readonly sectionLine: string;
  readonly stage: string;
  readonly stageText: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly paper: string;
  readonly held: string;
  readonly sold: string;
  readonly yours: string;
  readonly yoursMark: string;
  readonly focus: string;
  /** By price level, dearest first. */
  readonly levels: readonly string[];
  readonly font: string;
};

/** More price levels than this repeat colours; their names and prices in the legend still tell them apart. */
export const LEVEL_COLORS = 8;

export function readMapColors(element: Element): MapColors {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: token("--map-ground"),
    section: token("--map-section"),
    sectionLine: token("--line-strong"),
    stage: token("--map-stage"),
    stageText: token("--map-stage-text"),
    ink: token("--ink"),
    inkSoft: token("--ink-soft"),
    paper: token("--paper-raised"),
    held: token("--seat-held"),
    sold: token("--seat-sold"),
    yours: token("--seat-yours"),
    yoursMark: token("--seat-yours-mark"),
    focus: token("--focus"),
    levels: Array.from({ length: LEVEL_COLORS }, (_, level) => token(`--seat-${level + 1}`)),
    font: token("--font-text"),
  };
}
