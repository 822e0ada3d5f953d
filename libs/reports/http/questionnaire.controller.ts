import { Controller, Get, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { ApiParameters, CurrentActor, notFound, notYours, question, Roles } from '#libs/shell/nest';
import { proposeMatters, QUESTIONNAIRE, type Questionnaire } from '#libs/law/catalogue';
import { seesProject } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import { findProject } from '../project/project.query.js';

const FindAnswers = question(({ models }, id: string) => findProject(models, id));

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
    const project = await this.queries.execute(FindAnswers.of(id));
    if (project === null) throw notFound();
    if (!seesProject(await this.queries.execute(SightOf.of(actor)), project)) throw notYours();
    const { answers = {}, applications } = project;
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
