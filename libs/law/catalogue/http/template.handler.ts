import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { PublishTemplate, ReviseTemplate } from '../catalogue.commands.js';
import { type MatterStanding } from '../catalogue.rules.js';
import {
  MATTER_RUNNER,
  MATTER_STREAM,
  type MatterRunner,
  TEMPLATE_RUNNER,
  TEMPLATE_STREAM,
  type TemplateRunner,
} from '../catalogue.tokens.js';

/** Runs template commands with what the catalogue says of each matter they name. */
export class Templates {
  constructor(
    @Inject(TEMPLATE_RUNNER) private readonly templates: TemplateRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
  ) {}

  async run(command: PublishTemplate | ReviseTemplate): Promise<Receipt> {
    const codes = command.stages.flatMap((stage) => stage.matters.map((matter) => matter.code));
    const standing: Record<string, MatterStanding> = {};
    for (const code of new Set(codes)) {
      const { state } = await this.matters.load(MATTER_STREAM + code);
      if (state.at !== 'absent') standing[code] = state.at;
    }
    command.standing = standing;
    return this.templates.run(TEMPLATE_STREAM + command.id, command);
  }
}

@CommandHandler(PublishTemplate)
export class PublishTemplateHandler implements ICommandHandler<PublishTemplate> {
  constructor(private readonly templates: Templates) {}

  execute(command: PublishTemplate): Promise<Receipt> {
    return this.templates.run(command);
  }
}

@CommandHandler(ReviseTemplate)
export class ReviseTemplateHandler implements ICommandHandler<ReviseTemplate> {
  constructor(private readonly templates: Templates) {}

  execute(command: ReviseTemplate): Promise<Receipt> {
    return this.templates.run(command);
  }
}
