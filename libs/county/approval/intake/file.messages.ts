/** Refusal messages about files. */
export const FILE_MESSAGES = {
  'application.file-handed-in-before': {
    zh: '申请 {application} 的材料“{material}”已有相同文件（序号 {document}），无需重复提交',
    en: 'Application {application} already has this very file for the material {material}, as document {document}',
  },
  'application.too-many-files': {
    zh: '申请 {application} 的文件已达上限 {most} 个',
    en: 'Application {application} has {most} files, which is the most',
  },
  'application.no-file-to-reuse': {
    zh: '在先申请 {earlier} 没有序号为 {document} 的文件，或者不是同一申请人的材料，不能沿用',
    en: 'The earlier application {earlier} has no document {document} of the same applicant that could be used again',
  },
} as const;
