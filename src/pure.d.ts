/**
 * Names from outside ECMAScript that pure code may use: what they return depends on their argument
 * alone. The page and Node declare them for themselves; tsconfig.pure.json reads them here.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}

declare function structuredClone<T>(value: T): T;

declare function btoa(binary: string): string;
declare function atob(base64: string): string;
