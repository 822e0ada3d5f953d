export declare const PROJECTS: Readonly<Record<string, readonly string[]>>;
export declare const projectsOf: (path: string) => readonly string[];
export declare const patternsOf: (name: string) => readonly RegExp[];
