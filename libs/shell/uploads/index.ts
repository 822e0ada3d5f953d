export { Clamav, CLAMAV_RULE, type ClamavAddress, clamavAddressOf } from './clamav.js';
export { sendFile } from './downloads.js';
export { TakesFiles, takesFiles } from './takes-files.js';
export { UPLOAD_MESSAGES } from './upload.messages.js';
export { Uploads } from './uploads.js';
