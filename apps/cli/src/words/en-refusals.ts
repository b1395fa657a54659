import { formatFigure, formatSortable } from "@onsale/core/shared/format";
import type { SchemaFault } from "@onsale/core/shared/error-details";
import type { Locale } from "@onsale/core/shared/locale";
import { decodeWords, findSeatsWords } from "@onsale/words/file-words";
import { problemWords } from "@onsale/words/problem-words";
import { ruleWords } from "@onsale/words/rule-words";
import { plural } from "../words.ts";
import type { RefusalSentences, Refusals } from "./refusals.ts";

const TIMES = '"now", "+10m", "2027-03-05 10:00" on the venue\'s clock, or 2027-03-05T09:00:00Z';
const KEY_FORM = "32 bytes in base64url, 43 characters";

/** What a command of `ticketctl` says in English when it refuses something by itself. */
export const REFUSALS_EN: RefusalSentences = {
  no_terminal: () =>
    "There is no terminal to ask for the password: write it to standard input with --password-stdin.",
  passwords_differ: () => "The two passwords are not the same. Nothing was changed.",
  no_password: () =>
    "OPERATOR_EMAIL needs a password beside it: OPERATOR_PASSWORD, or OPERATOR_PASSWORD_FILE with the name of a file.",
  not_a_batch: ({ text }) => `"${text}" is no id of a batch; \`ticketctl access list\` shows them.`,
  revoke_what: () => "Say what to revoke: either --batch ID or --code CODE.",
  bad_options: ({ faults }, locale) => faultsOf(faults, locale),
  not_an_organization: ({ faults }, locale) => `This is no organization. ${faultsOf(faults, locale)}`,
  not_an_address: ({ faults }, locale) => `This is no address. ${faultsOf(faults, locale)}`,
  not_a_time: ({ text }) => `"${text}" is no time with a zone such as 2027-03-01T12:00Z.`,
  kept_of_whom: () => "Say whose entry was kept: audit verify EVENT --kept ...",
  no_account: ({ email, inviting }) =>
    `There is no account with the address ${email}.${inviting ? " `ticketctl org member invite` sends a mail that leads to one." : ""}`,
  no_event: ({ event }) => `There is no event "${event}".`,
  no_order: ({ order }) => `There is no order "${order}".`,
  no_job: ({ id }) =>
    `There is no job ${id} to try again: it is done, or a worker has it. \`ticketctl jobs list\` shows those that are not done.`,
  retry_what: () => "Say what to try again: either the id of a job or --kind KIND.",
  fault_needs_up: () => "--fault breaks services, so it needs --up and services of its own.",
  no_server: ({ url, answers }) =>
    `${answers ? `The server at ${url} says that it cannot sell` : `No server answers at ${url}`}. Start one with \`npm run demo\`, or give drill --up to bring up its own.`,
  drill_not_up: ({ reason }) => reason,
  drill_line_closed: () => "Nobody opened the drill's line. `ticketctl doctor` says whether a worker runs.",
  drill_unpriced: ({ title }) => `"${title}" has no layout or no prices yet, so it cannot be drilled.`,
  event_without_seats: () => "This event has no layout, so it has no seats. Choose one in its details first.",
  no_such_seats: findSeatsWords,
  too_many_seats: ({ count, max }, locale) =>
    `These are ${formatFigure(count, { locale })} seats; at most ${formatFigure(max, { locale })} go at once.`,
  bad_reason: ({ max }) => `Give a reason of 1 to ${max} characters.`,
  not_a_layout: ({ text, fileToo }) =>
    fileToo
      ? `"${text}" is neither a file nor the id of a layout.`
      : `"${text}" is no id of a layout; \`ticketctl layout list\` shows them.`,
  no_layout: ({ id }) => `There is no layout ${id}; \`ticketctl layout list\` shows them.`,
  layout_faults: ({ source, problems, count }, locale) => {
    const [first] = problems;
    const what = first ? ` The first: ${first.path} ${problemWords(first, locale)}` : "";
    return `"${source}" has ${plural(count, "fault")} and cannot be converted.${what}`;
  },
  not_a_hold: ({ text }) => `"${text}" is no id of a hold; \`ticketctl hold list\` shows them.`,
  hold_ordered: () => "This hold became an order, which decides about its seats now.",
  hold_gone: () => "There is no such hold; it may have run out.",
  hold_in_checkout: () => "This hold is in checkout; the payment decides its end.",
  stock_rebuilding: () => "The event's stock is being rebuilt. Try again in a second.",
  not_a_venue: ({ text }) => `"${text}" is no id of a venue; \`ticketctl venue list\` shows them.`,
  seat_without_event: () => "A seat is a seat of an event: say --event as well.",
  not_an_email: ({ text }) => `"${text}" is no e-mail address.`,
  seed_what: () => "Say what to seed: `ticketctl seed --demo`.",
  nights_drawn: ({ title, nights }) =>
    `All ${nights} nights of ${title} are drawn. Begin with an empty database.`,
  no_ticket_code: () => "There is no code to check.",
  no_public_key: () => "No key to check with: give --key FILE, or set TICKET_PUBLIC_KEY.",
  not_a_public_key: () => `That is no public key: ${KEY_FORM}.`,
  not_a_report_key: ({ from }) => `${from} is no key: ${KEY_FORM}.`,
  file_too_large: ({ file, bytes, max }, locale) =>
    `"${file}" has ${formatFigure(bytes, { locale })} bytes; at most ${formatFigure(max, { locale })} are read.`,
  file_unreadable: ({ file, ...fault }, locale) => `"${file}": ${decodeWords(fault, locale)}`,
  file_failed: fileFailed,
  no_line: ({ title, slug }) => `${title} has no line. \`ticketctl line setup ${slug}\` makes one.`,
  no_line_of_window: ({ title, windowKey, known }) =>
    `${title} has no line for the window "${windowKey}"; it has ${known.map((key) => `--window ${key}`).join(", ")}.`,
  line_drawn: ({ slug }) =>
    `The lobby was open already and the draw is made. \`ticketctl line resume ${slug}\` lets fans in.`,
  no_sale_window: ({ title, windowKey, known }) =>
    `${title} has no sale window "${windowKey}"; it has ${known.join(", ")}.`,
  line_options: ({ faults }, locale) =>
    faults.map(({ option, rule }) => `${option}: ${ruleWords(rule, locale)}`).join(" "),
  option_is_no_time: ({ option, text }) => `${option} "${text}" is no time. Give ${TIMES}.`,
  draw_is_past: ({ text, atMs, timeZone }) =>
    `--draws "${text}" is past: that was ${formatSortable(atMs, timeZone)} ${timeZone}. Give ${TIMES}.`,
  no_opening_ahead: () =>
    `No opening of this sale window lies ahead: say with --draws when to draw (${TIMES}).`,
  one_draw: () => "Name one draw: an event, --file or --url.",
  which_draw: () =>
    "Name a draw: an event, --file or --url. Without one give --path and the --root that was published.",
  not_http: ({ url }) => `"${url}" is no http address.`,
  url_unreachable: ({ url, status }) =>
    status === null ? `${url} cannot be reached.` : `${url} answered ${status}.`,
  url_too_large: ({ url, max }, locale) => `${url} is larger than ${formatFigure(max, { locale })} bytes.`,
  no_draw_there: ({ url }) => `There is no draw at ${url}.`,
  bad_environment: ({ reason }) => reason,
  no_sandbox_key: () =>
    "Set SANDBOX_KEY to 16 or more characters that only the sandbox and its shop know: openssl rand -hex 24. There is none by default.",
  sandbox_not_up: ({ reason, books }) =>
    `The sandbox did not start: ${reason}. Its books are ${books}, which one process at a time may have; --books and --port choose others.`,
  yes_hold: () => "This takes seats out of a fan's hold. Say --yes if you mean it.",
  yes_layout: () => "A deleted layout does not come back. Say --yes if it is meant.",
  yes_line_end: ({ verb }) => `Ending a line cannot be undone: say --yes to ${verb} it.`,
  yes_line_remove: ({ title, windowKey }) =>
    `Without its line, ${title} (${windowKey}) sells to whoever is fastest while it is on sale: say --yes to remove it.`,
  yes_line_sale: ({ title, drawsAtMs, timeZone }) =>
    `${title} is on sale now, and a line stops that at once: nobody gets seats without a pass, and none is given before the draw at ${formatSortable(drawsAtMs, timeZone)}. Say --yes to do so; \`ticketctl line remove\` takes it back until the lobby opens.`,
  yes_draw: ({ title }) =>
    `The lobby of ${title} is open; drawing now closes it for good. Say --yes to do it.`,
  yes_event: ({ title, to }) =>
    `${to === "cancel" ? "Cancelling cannot be taken back, and every holder of a ticket is told by mail" : "Ending cannot be taken back"}. Say --yes if "${title}" is meant.`,
  yes_demo: ({ url }) =>
    `The demo's passwords are public, and this installation is ${url}. Say --yes if that is what you want.`,
};

const faultsOf = (faults: readonly SchemaFault[], locale: Locale): string =>
  faults.map(({ path, rule }) => `${path === "" ? "" : `${path}: `}${ruleWords(rule, locale)}`).join(" ");

/** `reason`: the system's own name of what went wrong. */
function fileFailed({ file, to, reason }: Refusals["file_failed"]): string {
  switch (reason) {
    case "ENOENT":
      return to === "read" ? `There is no file "${file}".` : `There is no folder for "${file}".`;
    case "EISDIR":
      return `"${file}" is a folder, not a file.`;
    case "EACCES":
      return `"${file}" may not be ${to === "read" ? "read" : "written"}.`;
    case "ENOSPC":
      return `"${file}" cannot be written: the disk is full.`;
    default:
      return `"${file}" cannot be ${to === "read" ? "read" : "written"} (${reason}).`;
  }
}
