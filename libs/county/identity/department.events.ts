import { type DomainEvent } from '#libs/engine/event-sourcing';

export const UNIT_KINDS = ['company'] as const;
/** What handles matters in addition to the departments of the government: companies for water, power, gas and the like. */
export type UnitKind = (typeof UNIT_KINDS)[number];

/** 设立. The id is what events name; the Chinese name is what people read. */
type DepartmentEstablished = DomainEvent<
  'DepartmentEstablished',
  1,
  {
    readonly department: string;
    readonly name: string;
    readonly nameEn: string | null;
    /** 行政区划代码 (GB/T 2260). */
    readonly region: string;
    /** A company for public utilities (市政公用服务企业); left out for a department of the government. */
    readonly kind?: UnitKind;
  }
>;

/**
 * 机构改革: another department takes over from this legal day on. Old events keep the old name and roll up to the
 * successor.
 */
type DepartmentSucceeded = DomainEvent<
  'DepartmentSucceeded',
  1,
  {
    readonly department: string;
    readonly successor: string;
    readonly from: string;
    readonly reason: string;
  }
>;

/** 改派: all the open applications of a person of the department go to another, as its head decided. */
export type WorkReassigned = DomainEvent<
  'WorkReassigned',
  1,
  {
    readonly department: string;
    readonly from: string;
    readonly to: { readonly post: string | null; readonly person: string };
    readonly reason: string;
    readonly applications: readonly string[];
  }
>;

export type DepartmentEvent = DepartmentEstablished | DepartmentSucceeded | WorkReassigned;
