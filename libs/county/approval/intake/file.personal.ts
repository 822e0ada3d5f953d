import { personalFields } from '#libs/engine/event-sourcing';
import { type FileEvent } from './file.events.js';

/** A file is often called after its holder: 张三身份证.pdf. */
export const FILE_PERSONAL_FIELDS = personalFields<FileEvent>({
  MaterialFileHandedIn: (data, seal) => ({
    ...data,
    file: { ...data.file, name: seal(data.applicant, data.file.name) },
  }),
});
