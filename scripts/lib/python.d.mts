export function findPlainPython(): void;
