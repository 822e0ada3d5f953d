import { type DomainEvent } from '#libs/engine/event-sourcing';

/** From now on this holder has the value, and no other may take it: one stream a value, so the log itself keeps it unique. */
export type ValueTaken = DomainEvent<
  'ValueTaken',
  1,
  { readonly kind: string; readonly value: string; readonly holder: string }
>;
