import { type HandInFile } from '../intake/file.commands.js';
import { filesMustBeFew } from '../intake/file.rules.js';
import { refusing } from '../core/refuse.js';
import { actorMustBeCompetent, isOfAnotherDepartment, mustBeAtItsStage } from './application.acts.js';
import { APPLICATION_MESSAGES } from './application.messages.js';
import { type ApplicationState } from './application.state.js';

const refuse = refusing(APPLICATION_MESSAGES);

/**
 * Asked before the content of a file is read, so that nobody sends a hundred megabytes in vain. What it lets in is decided on when the
 * file is there; a reform may have made another department competent, which only that finds out.
 */
export function fileMayCome(state: ApplicationState, command: HandInFile): void {
  if (state.at === 'absent')
    return refuse('application.not-submitted', { application: command.id }, 'absent');
  if (!isOfAnotherDepartment(state, command)) actorMustBeCompetent(state, command);
  mustBeAtItsStage(state, command);
  filesMustBeFew(state);
}
