"use client";

import type { Me } from "@onsale/contract/account";
import type { InvitationOffer } from "@onsale/contract/organization";
import { InvitationToken } from "@onsale/core/organization/invitation";
import { formatDayAndTime } from "@onsale/core/shared/format";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTransition } from "react";
import { useTRPC, useTRPCClient } from "../../trpc/provider.tsx";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useHash } from "../../ui/use-hash.ts";
import form from "../account/account-form.module.css";
import { endSession } from "../account/session-actions.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { forgetTicketsOfOthers } from "../ticket/kept-tickets.ts";
import { chooseOrganization } from "../organization/organization-cookie.ts";
import { asRole, ROLE_WORDS } from "./role-words.ts";

type MeHere = Pick<Me, "name" | "email"> | null;

/** By the link of a mail. Its token stays behind the #, also on the way through signing in: no server writes it down. */
export function InvitationView({ me }: { me: MeHere }) {
  const read = InvitationToken.safeParse(new URLSearchParams(useHash().slice(1)).get("token"));
  return (
    <PageFrame width="form" className={form["page"]}>
      <h1>Your invitation</h1>
      {read.success ? (
        <Offer token={read.data} me={me} />
      ) : (
        <Notice title="This page is reached by the link of an invitation.">
          <p>Open the link in the mail once more, whole: a part of it is missing here.</p>
        </Notice>
      )}
    </PageFrame>
  );
}

function Offer({ token, me }: { token: string; me: MeHere }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const offer = useQuery({
    queryKey: [...trpc.organization.invitations.look.mutationKey(), token],
    queryFn: () => client.organization.invitations.look.mutate({ token }),
  });
  if (offer.isError) return <FailureNotice error={offer.error} />;
  if (!offer.data) return <p>Reading the invitation.</p>;
  return (
    <>
      <OfferFacts offer={offer.data} />
      {me === null && <SignInFirst email={offer.data.email} token={token} />}
      {me !== null && me.email === offer.data.email && <Accept offer={offer.data} token={token} />}
      {me !== null && me.email !== offer.data.email && <OtherAccount offer={offer.data} me={me} />}
    </>
  );
}

function OfferFacts({
  offer: { organizationName, role, invitedBy, expiresAtMs },
}: {
  offer: InvitationOffer;
}) {
  const locale = useLocale();
  return (
    <>
      <p>
        <strong>{organizationName}</strong> invites you to work there as {asRole(role)}.{" "}
        {ROLE_WORDS[role].may}
      </p>
      <p className={form["when"]}>
        Sent by {invitedBy}. Good until {formatDayAndTime(expiresAtMs, { timeZone: zoneHere(), locale })},
        once.
      </p>
    </>
  );
}

/** Of whoever reads: it is a moment for them, and no event's. */
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function SignInFirst({ email, token }: { email: string; token: string }) {
  const onwards = `next=%2Finvitations#token=${token}`;
  return (
    <>
      <p>
        It is for the account of <strong>{email}</strong>. Sign in with that address, or create an account for
        it; either leads back here.
      </p>
      <div className={form["actions"]}>
        <ButtonAnchor kind="next" href={`/sign-in?${onwards}`}>
          Sign in
        </ButtonAnchor>
        <ButtonAnchor href={`/sign-up?${onwards}`}>Create an account</ButtonAnchor>
      </div>
    </>
  );
}

function OtherAccount({ offer, me }: { offer: InvitationOffer; me: NonNullable<MeHere> }) {
  const [busy, start] = useTransition();
  return (
    <Notice tone="wait" title={`This invitation is for ${offer.email}.`}>
      <p>
        You are signed in as {me.email}. Sign out here, then sign in with the other address, or create an
        account for it.
      </p>
      <Button
        busy={busy}
        onClick={() =>
          start(async () => {
            await forgetTicketsOfOthers(null).catch(() => undefined);
            await endSession();
            // Whole, and with its part behind the #.
            window.location.reload();
          })
        }
      >
        Sign out {me.email}
      </Button>
    </Notice>
  );
}

function Accept({ offer, token }: { offer: InvitationOffer; token: string }) {
  const trpc = useTRPC();
  const accept = useMutation(
    trpc.organization.invitations.accept.mutationOptions({
      onSuccess({ organizationId }) {
        chooseOrganization(organizationId);
        // A full load, so that the header knows. Back does not lead to a link that is used up.
        window.location.replace("/admin");
      },
    }),
  );
  return (
    <>
      {accept.isError && <FailureNotice error={accept.error} />}
      <div className={form["actions"]}>
        <Button
          kind="next"
          busy={accept.isPending || accept.isSuccess}
          onClick={() => accept.mutate({ token })}
        >
          Join {offer.organizationName}
        </Button>
      </div>
      <p className={form["when"]}>You are signed in as {offer.email}.</p>
    </>
  );
}
