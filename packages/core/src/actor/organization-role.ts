import { z } from "zod";

/** What a member is in an organization; what each may do stands in organization/permissions.ts. */
export const OrganizationRole = z.enum(["owner", "manager", "box_office", "scanner", "finance", "read_only"]);
export type OrganizationRole = z.infer<typeof OrganizationRole>;
