import { eventIdOf, type JsonObject, type Upcaster } from '#libs/engine/event-sourcing';

/** How older versions of this area's events are read. */
export const APPROVAL_UPCASTERS: readonly Upcaster[] = [
  {
    // Version 1 named no evidence. The notice was stored by the same command, right before: its id is known from that.
    type: 'RepeatedSupplementFlagged',
    from: 1,
    upcast({ data, metadata: { actor, commandId, commandDigest, recordedAt } }) {
      const notice = eventIdOf({ commandId, now: recordedAt }, commandDigest, 0);
      return { ...(data as JsonObject), department: actor.department, evidence: [notice] };
    },
  },
];
