import { Cites, Name, NameOrBlank, RefersTo } from '#libs/shell/nest';
import { IsBoolean, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';

export class MaterialBody {
  @Name()
  name!: string;
  /** Key material cannot be handed in later (容缺). */
  @IsBoolean()
  key!: boolean;
  @Cites('basis')
  @NameOrBlank()
  basis!: string;
  @IsOptional()
  @IsBoolean()
  conditional?: boolean;
}

export class ReceiverBody {
  @RefersTo({ to: 'department' })
  @Name()
  department!: string;
}

export class OpinionBody {
  @RefersTo({ to: 'department' })
  @Name()
  department!: string;
  @Cites('basis')
  @Name()
  article!: string;
  @IsBoolean()
  verified!: boolean;
  /** Required: null states that the article gives no time. */
  @ValidateIf((body: OpinionBody) => body.days !== null)
  @IsInt()
  @Min(1)
  @Max(30)
  days!: number | null;
  @IsOptional()
  @IsBoolean()
  conditional?: boolean;
}
