export declare const FOLDERS: Readonly<Record<string, readonly string[]>>;
export declare function coveredBy(folder: string): string[];
export declare function patternOf(place: string): string;
