import { Act, HttpCommand, Name, OptionalText } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, ValidateNested } from 'class-validator';
import { DIAGNOSTICS, type DiagnosticName, type Diagnostics } from './bulletin.events.js';

/** Who lays out a bulletin, sees its figures beforehand, and publishes it. */
export const PUBLISHERS = ['supervisor', 'campaign-office'] as const;

export class SectionBody {
  @IsIn(DIAGNOSTICS)
  diagnostic!: DiagnosticName;
  @OptionalText()
  comment?: string;
}

export type BulletinFacts = {
  /** The figures of the period; null when the id names none. */
  readonly diagnostics: Diagnostics | null;
};

@Act({
  type: 'PublishBulletin',
  path: 'publication',
  roles: PUBLISHERS,
  summary: '发布通报 Publish the bulletin of a past half-month; its figures are frozen',
})
export class PublishBulletin extends HttpCommand<BulletinFacts> {
  declare readonly type: 'PublishBulletin';
  @Name()
  title!: string;
  /** Which diagnostics, in which order; all three are needed. */
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => SectionBody)
  sections!: SectionBody[];
}

export type BulletinCommand = PublishBulletin;
