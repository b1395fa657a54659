import { ACTOR } from "./cli.ts";
import type { Container } from "@onsale/api/compose/container";
import type { Organization } from "@onsale/core/organization/organization";
import { AppError } from "@onsale/core/shared/errors";
import type { Command } from "commander";

/** For commands that make something: whose it is. */
export const addOrgOption = (command: Command): Command =>
  command.option("--org <slug>", "the organization it belongs to; not needed where there is one only");

/** The one that was named, or the only one. Throws organization.not_found, or input.invalid with the slugs to choose from. */
export async function chosenOrganization(
  { services }: Container,
  key: string | undefined,
): Promise<Organization> {
  if (key !== undefined) return services.organizations.require(key);
  const [only, ...others] = await services.organizations.list(ACTOR);
  if (!only) throw new AppError("organization.not_found", { why: "none_yet" });
  if (others.length === 0) return only;
  const slugs = [only, ...others].map(({ slug }) => slug);
  throw new AppError("input.invalid", { why: "which_organization", slugs });
}
