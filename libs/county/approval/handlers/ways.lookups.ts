import { PROJECT_STREAM } from '#libs/county/project';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { GrantFastTrack } from '../ways/ways.commands.js';
import { type ApprovalStores } from './approval-stores.js';

/** Whether the project of an application was designated a key project. */
export const fastTrack = lookup(
  GrantFastTrack,
  async ({ id }, { applications, projects }: ApprovalStores) => {
    const { state } = await applications.load(APPLICATION_STREAM + id);
    if (state.at === 'absent') return { isKeyProject: false };
    const project = await projects.load(PROJECT_STREAM + state.project);
    return { isKeyProject: project.state.at === 'registered' && project.state.key !== null };
  },
);
