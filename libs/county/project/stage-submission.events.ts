import { type DomainEvent } from '#libs/engine/event-sourcing';

/** 一张表单: one form for a whole stage, to all its departments at once. */
export type StageSubmitted = DomainEvent<
  'StageSubmitted',
  1,
  {
    readonly project: string;
    readonly stage: string;
    /** The lead department (牵头部门); null where the stage is joint. */
    readonly lead: string | null;
    /** The lead's application, if it asks other departments for the opinions that its law requires; else null. */
    readonly joinedBy: string | null;
    /** Those handed in with it, in the order of the stage: of every matter that could be applied for. */
    readonly applications: readonly { readonly application: string; readonly department: string | null }[];
  }
>;
