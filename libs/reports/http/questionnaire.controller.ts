import { Controller, Get, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { ApiParameters, CurrentActor, Roles } from '#libs/shell/nest';
import { proposeMatters, QUESTIONNAIRE, type Questionnaire } from '#libs/law/catalogue';
import { visibleProject } from './visible-project.js';

/** What the answers about a project ask for. Nothing changes until an office confirms it. */
@Controller()
@ApiTags('Projects 项目')
@ApiBearerAuth()
@Roles()
export class QuestionnaireController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(QUESTIONNAIRE) private readonly questionnaire: Questionnaire,
  ) {}

  @Get('projects/:id/questionnaire')
  @ApiOperation({
    operationId: 'FindProjectQuestionnaire',
    summary: '事项问卷与建议清单 The recorded answers, and the matters that they ask to add and to strike',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async answers(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const { answers = {}, applications } = (await visibleProject(this.queries, id, actor)).project;
    const present = applications.map(({ matter, status }) => ({
      matter,
      applied: status !== 'not-submitted',
    }));
    return {
      project: id,
      questions: this.questionnaire.questions,
      answers,
      proposal: proposeMatters(this.questionnaire, answers, present),
    };
  }
}
