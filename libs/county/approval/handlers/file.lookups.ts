import { coveredBy, sightOf } from '#libs/county/sight';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { ReuseFile } from '../intake/file.commands.js';
import { type ApprovalStores } from './approval-stores.js';

/** An agent whose mandate is for one project uses nothing of another. */
export const reuse = lookup(
  ReuseFile,
  async ({ application, document, meta }, { applications, models }: ApprovalStores) => {
    const { state } = await applications.load(APPLICATION_STREAM + application);
    if (state.at === 'absent') return { earlier: null };
    const { applicant, project, files = [] } = state;
    if (meta.actor.role === 'agent') {
      const { mandates } = await sightOf({ models, now: () => meta.now }, meta.actor);
      if (!coveredBy(mandates, { applicant, project })) return { earlier: null };
    }
    const found = files.find((one) => one.document === document);
    if (found === undefined) return { earlier: null };
    const { name, mediaType, bytes, sha256 } = found;
    return { earlier: { applicant, file: { name, mediaType, bytes, sha256 } } };
  },
);
