import { problem, type Problem } from "@onsale/core/shared/problem";

/** A component of a calendar as its own text, with the line of its BEGIN in the file (from 1). */
export type IcalBlock = { readonly name: string; readonly line: number; readonly text: string };
export type IcalText = {
  readonly events: readonly IcalBlock[];
  readonly zones: readonly IcalBlock[];
  /** X-WR-TIMEZONE: the zone of times that name none, as Google and Apple write it; "" when absent. */
  readonly calendarZone: string;
  readonly problems: readonly Problem[];
};

/**
 * Cuts a calendar into its events, so that one broken event is one fault with its line and not the end of the file.
 * Long lines stay folded; whoever parses a block unfolds it.
 */
export function splitIcal(text: string): IcalText {
  const lines = (text.startsWith("\uFEFF") ? text.slice(1) : text).split(/\r\n|\r|\n/);
  const cutter = makeCutter();
  let calendarZone = "";
  lines.forEach((raw, index) => {
    const begin = /^BEGIN:\s*([A-Z0-9-]+)\s*$/i.exec(raw)?.[1]?.toUpperCase();
    const end = /^END:\s*([A-Z0-9-]+)\s*$/i.exec(raw)?.[1]?.toUpperCase();
    if (begin !== undefined) cutter.begin(begin, index, raw);
    else if (end !== undefined) cutter.end(end, index, raw);
    else if (!cutter.add(raw))
      calendarZone ||= /^X-WR-TIMEZONE(?:;[^:]*)?:(.*)$/i.exec(raw)?.[1]?.trim() ?? "";
  });
  return { ...cutter.finish(lines.length), calendarZone };
}

type OpenBlock = { readonly name: string; readonly line: number; readonly lines: string[]; depth: number };

function makeCutter() {
  const blocks: IcalBlock[] = [];
  const problems: Problem[] = [];
  let open: OpenBlock | null = null;
  let calendars = 0;

  const unclosed = (block: OpenBlock): void => {
    problems.push(problem("file.unclosed", `line ${block.line}`, { block: block.name }));
  };
  return {
    begin(name: string, index: number, raw: string): void {
      if (name === "VCALENDAR") {
        calendars += 1;
        return;
      }
      // An event inside an event: the end of the first was lost.
      if (open !== null && name === "VEVENT") {
        unclosed(open);
        open = null;
      }
      if (open === null) open = { name, line: index + 1, lines: [raw], depth: 1 };
      else {
        open.depth += 1;
        open.lines.push(raw);
      }
    },
    end(name: string, index: number, raw: string): void {
      if (name === "VCALENDAR") {
        if (open !== null) unclosed(open);
        open = null;
        calendars -= 1;
        return;
      }
      if (open === null) {
        problems.push(problem("file.unopened", `line ${index + 1}`, { block: name }));
        return;
      }
      open.lines.push(raw);
      open.depth -= 1;
      if (open.depth > 0) return;
      blocks.push({ name: open.name, line: open.line, text: open.lines.join("\r\n") });
      open = null;
    },
    /** false when the line belongs to the calendar itself. */
    add(raw: string): boolean {
      open?.lines.push(raw);
      return open !== null;
    },
    finish(lineCount: number): Omit<IcalText, "calendarZone"> {
      if (open !== null) unclosed(open);
      else if (calendars > 0) problems.push(problem("file.truncated", `line ${lineCount}`));
      return {
        events: blocks.filter((block) => block.name === "VEVENT"),
        zones: blocks.filter((block) => block.name === "VTIMEZONE"),
        problems,
      };
    },
  };
}
