import { type Document, type Model } from '#libs/engine/event-sourcing';

/** What queries find projects by; the reports keep them. */
export const registeredProjects: Model<Document> = { model: 'projects' };
