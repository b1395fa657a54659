import { TESTER } from "@onsale/core/actor/testing/staff";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { EventId, VenueId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { readEventFile } from "./event-files.ts";
import { describeApp, key } from "./testing/test-app.ts";

const list = (...lines: readonly string[]) => ["title,start,venue,timezone", ...lines, ""].join("\n");
const feed = (uid: string, ...lines: readonly string[]) =>
  [
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "LOCATION:Case Feed Hall",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const night = (uid: string, sequence: number, start: string) =>
  feed(
    uid,
    `SEQUENCE:${sequence}`,
    `SUMMARY:Case feed night ${uid}`,
    `DTSTART;TZID=Europe/Berlin:${start}T200000`,
  );

describeApp("what an import takes for the same event", (app) => {
  async function run(text: string) {
    const { events, problems } = readEventFile(text, {});
    expect(problems).toEqual([]);
    return app().container.services.eventImports.run(TESTER, {
      organization: app().organization,
      events,
      currency: "EUR",
    });
  }
  const startOf = async (id: string) => {
    const event = await app().container.events.findEvent(id);
    return event === null ? null : new Date(event.startsAtMs).toISOString();
  };

  test("two titles at one time are two events, in any script, and their addresses can be read", async () => {
    const first = await run(list("海風音樂會,2027-06-05 19:30,東側廳,Asia/Taipei"));
    const second = await run(list("山城夜曲,2027-06-05 19:30,北港廳,Asia/Taipei"));
    expect([...first.created, ...second.created].map(({ slug }) => slug)).toEqual([
      "hai-feng-yin-le-hui-2027-06-05",
      "shan-cheng-ye-qu-2027-06-05",
    ]);
  });

  test("a venue takes the address of a file when it has none, and keeps the one that it has", async () => {
    const hall = `Case hall ${key()}`;
    const at = (day: number, address: string) =>
      ["title,start,venue,address,timezone", `Case,2027-08-0${day} 20:00,${hall},${address},UTC`, ""].join(
        "\n",
      );
    const addressNow = async () =>
      (await app().container.venues.find(app().organization, { name: hall, city: "" }))?.address;
    await run(at(1, ""));
    expect(await addressNow()).toBe("");
    await run(at(1, "Hafenstrasse 12"));
    expect(await addressNow()).toBe("Hafenstrasse 12");
    const { existing } = await run(at(1, "Elsewhere 9"));
    expect([existing.length, await addressNow()]).toEqual([1, "Hafenstrasse 12"]);
  });

  test("an address is written over the one that its writer saw, and over no other", async () => {
    const caller = app().as(await app().member());
    const made = await caller.admin.venues.create({
      organizationId: app().organization,
      draft: { name: key(), city: "", country: "", timeZone: "UTC" },
    });
    const venueId = VenueId.parse(made.id);
    const write = (before: string, address: string) =>
      caller.admin.venues.setAddress({ venueId, before, address });
    await write("", "First 1");
    await expect(write("", "Second 2")).rejects.toMatchObject({
      cause: { details: { thing: "venue", address: "First 1" } },
    });
    await write("First 1", "Third 3");
    const { address } =
      (await caller.admin.venues.list({ organizationId: app().organization })).find(
        ({ id }) => id === venueId,
      ) ?? {};
    expect(address).toBe("Third 3");
  });

  test("one title and time at two venues are two events, and running a file again makes none", async () => {
    const [north, south] = ["North", "South"].map((side) =>
      list(`Case Open Stage,2027-06-06 20:00,Case Hall ${side},Europe/Berlin`),
    );
    const made = [await run(north ?? ""), await run(south ?? "")];
    expect(made.map(({ created, existing }) => [created.length, existing.length])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(await run(north ?? "")).toMatchObject({ created: [], existing: [made[0]?.created[0]?.slug] });
    expect(await run(south ?? "")).toMatchObject({ created: [], existing: [made[1]?.created[0]?.slug] });
  });

  test("an event is met again by venue, title and instant, whatever its address became", async () => {
    const text = list("Renamed night,2027-06-07 20:00,Case Hall,Europe/Berlin");
    const [made] = (await run(text)).created;
    const eventId = EventId.parse(made?.id);
    await app().changeEvent(eventId, { slug: `renamed-${key()}` });
    expect((await run(text)).created).toEqual([]);
    expect((await run(list("renamed NIGHT,2027-06-07 20:00,case hall,Europe/Berlin"))).created).toEqual([]);
    expect((await run(list("Renamed night,2027-06-07 21:00,Case Hall,Europe/Berlin"))).created).toHaveLength(
      1,
    );
  });

  test("a UID met again moves its event, by the rules and into the audit of any other change", async () => {
    const uid = key();
    const [made] = (await run(night(uid, 10, "20270710"))).created;
    const id = made?.id ?? "";
    const again = await run(night(uid, 11, "20270711"));
    expect(again).toMatchObject({ created: [], updated: [{ id, fields: ["startsAtMs"] }] });
    expect(await startOf(id)).toBe("2027-07-11T18:00:00.000Z");
    const audit = await app().container.database.sql`
      select actor, detail->'after'->>'startsAtMs' as starts from audit where chain = ${id} and action = 'event.changed'`;
    expect(audit).toMatchObject([{ actor: "test", starts: String(Date.UTC(2027, 6, 11, 18)) }]);
  });

  test("what is older than the feed was already changes nothing, a later feed without numbers does", async () => {
    const uid = key();
    const [made] = (await run(night(uid, 11, "20270711"))).created;
    expect(await run(night(uid, 10, "20270710"))).toMatchObject({ created: [], updated: [], refused: [] });
    expect(await startOf(made?.id ?? "")).toBe("2027-07-11T18:00:00.000Z");
    expect(await run(night(uid, 11, "20270712"))).toMatchObject({ updated: [{ id: made?.id }] });
    expect(await startOf(made?.id ?? "")).toBe("2027-07-12T18:00:00.000Z");
  });

  test("what was edited here stays, and only what the feed says anew is taken over", async () => {
    const uid = key();
    const [made] = (await run(night(uid, 1, "20270713"))).created;
    const eventId = EventId.parse(made?.id);
    await app().changeEvent(eventId, { title: "Our own title", description: "Our own words" });
    expect(await run(night(uid, 1, "20270713"))).toMatchObject({ updated: [], existing: [made?.slug] });
    await run(night(uid, 2, "20270714"));
    expect(await app().container.events.findEvent(eventId)).toMatchObject({
      title: "Our own title",
      description: "Our own words",
      startsAtMs: Date.UTC(2027, 6, 14, 18),
    });
  });

  test("a change that the rules refuse is told by its line, and the others are made", async () => {
    const [uid, other] = [key(), key()];
    const both = (start: string) =>
      night(uid, 1, start).replace("END:VCALENDAR\r\n", "") +
      night(other, 1, start).replace("BEGIN:VCALENDAR\r\n", "");
    const made = await run(both("20270715"));
    const eventId = EventId.parse(made.created[0]?.id);
    const event = await app().container.services.events.require(eventId);
    const draft = EventDraft.parse({ ...draftOf(event), endsAtMs: event.startsAtMs + 60_000 });
    await app().container.services.events.update(TESTER, eventId, { version: event.detailsVersion, draft });
    const again = await run(both("20270716"));
    expect(again.refused).toMatchObject([{ error: { code: "input.invalid" }, path: "line 2" }]);
    expect(again.updated).toMatchObject([{ id: made.created[1]?.id }]);
    expect(await startOf(eventId)).toBe("2027-07-15T18:00:00.000Z");
  });

  test("a moved date of a series moves one event", async () => {
    const uid = key();
    const series = [
      "SUMMARY:Weekly play",
      "DTSTART;TZID=Europe/Zurich:20270803T200000",
      "RRULE:FREQ=WEEKLY;COUNT=3",
    ];
    const made = await run(feed(uid, ...series));
    expect(made.created).toHaveLength(3);
    const moved = [
      "END:VEVENT",
      "BEGIN:VEVENT",
      `UID:${uid}`,
      "SUMMARY:Weekly play",
      "LOCATION:Case Feed Hall",
      "RECURRENCE-ID:20270810T180000Z",
      "DTSTART;TZID=Europe/Zurich:20270811T190000",
    ];
    const again = await run(feed(uid, ...series, ...moved));
    expect(again).toMatchObject({ created: [], updated: [{ id: made.created[1]?.id }] });
    expect(await startOf(made.created[1]?.id ?? "")).toBe("2027-08-11T17:00:00.000Z");
  });

  test("the same file imported by two at once makes each event once", async () => {
    const uid = key();
    const text = list(
      "Both at once,2027-06-08 20:00,Case Hall,Europe/Berlin",
      "And another,2027-06-09 20:00,Case Hall,Europe/Berlin",
    );
    const runs = await Promise.all(
      Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? run(text) : run(night(uid, 1, "20270717")))),
    );
    expect(
      runs.flatMap(({ created }) => created.map(({ title }) => title)).toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(["And another", "Both at once", `Case feed night ${uid}`]);
  });

  test("an address that somebody else has or had is not taken from them", async () => {
    const [made] = (await run(list("Same words,2027-06-10 20:00,Case Hall,Europe/Berlin"))).created;
    expect(made?.slug).toBe("same-words-2027-06-10");
    const others = await run(
      list(
        "Same words!,2027-06-10 20:00,Case Hall,Europe/Berlin",
        "same-words,2027-06-10 20:00,Case Bar,Europe/Berlin",
      ),
    );
    expect(others.created.map(({ slug }) => slug)).toEqual([
      "same-words-2027-06-10-2000",
      "same-words-2027-06-10-2000-case-bar",
    ]);
  });
});
