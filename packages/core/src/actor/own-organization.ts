import type { AppError } from "../shared/errors.ts";
import type { OrganizationId } from "../shared/ids.ts";
import type { Staff } from "./actor.ts";

/**
 * Members and keys work for their own organization alone, whatever else a verb is given; `null` stands for all of them.
 * Throws what `unknown` makes: a thing of another organization is as unknown as one that is not there.
 */
export function refuseElsewhere(
  actor: Staff,
  organization: OrganizationId | null,
  unknown: () => AppError,
): void {
  if (actor.kind === "operator" || actor.kind === "system") return;
  if (actor.organization !== organization) throw unknown();
}
