import { expect, test } from "vitest";
import { inputToMs, msToInput, slugOf } from "./local-time.ts";

test("a time is the venue's, whatever zone the organizer sits in", () => {
  expect(inputToMs("2026-07-01T20:00", "Europe/Zurich")).toBe(Date.UTC(2026, 6, 1, 18));
  expect(inputToMs("2026-12-01T20:00", "America/New_York")).toBe(Date.UTC(2026, 11, 2, 1));
});

test("what is shown reads back as the same instant", () => {
  for (const zone of ["Europe/Zurich", "Asia/Kolkata", "America/St_Johns", "UTC"]) {
    const atMs = Date.UTC(2026, 9, 24, 22, 15);
    expect(inputToMs(msToInput(atMs, zone), zone)).toBe(atMs);
  }
});

test("an empty field is no time", () => {
  expect(inputToMs("", "UTC")).toBeNull();
  expect(msToInput(null, "UTC")).toBe("");
});

test("a short name is made of plain letters", () => {
  expect(slugOf("Night Trains: Zürich!")).toBe("night-trains-zurich");
});
