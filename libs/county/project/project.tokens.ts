import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type ProjectCommand } from './project.commands.js';
import { type ProjectEvent } from './project.events.js';
import { type ProjectState } from './project.state.js';

export type ProjectRunner = DeciderRunner<ProjectState, ProjectCommand, ProjectEvent>;

/** Reads projects apart from the runner, whose turn lasts while the code of a project is taken. */
export type ProjectReader = Pick<ProjectRunner, 'load'>;

export const PROJECT_RUNNER = Symbol('ProjectRunner');
export const PROJECT_STREAM = 'project-';
/** Whether the check digit of a project code is asked for, see project-code.ts. */
export const PROJECT_CODE_CHECK = Symbol('PROJECT_CODE_CHECK');
