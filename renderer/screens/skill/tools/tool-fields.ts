/** One argument of a tool, as a form can ask for it. `json` is everything a plain field cannot hold. */
export interface ToolField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  readonly kind: 'text' | 'number' | 'integer' | 'switch' | 'choice' | 'json';
  /** Of a choice, as JSON values. */
  readonly options: readonly (string | number | boolean)[];
  /** What the field holds before somebody types. */
  readonly initial: string;
}

/** The most fields a form shows: beyond that one JSON field for all arguments is easier to fill in. */
const MAX_FIELDS = 30;
/** The longest text of a schema that is shown, in characters: it is somebody else's. */
const MAX_WORDS = 400;

/**
 * The fields of a form for a tool's JSON Schema. A schema is the server's word and may be anything: what is not an
 * object with a handful of plain properties gives null, and the form asks for one JSON value instead.
 */
export function toolFields(schema: unknown): readonly ToolField[] | null {
  if (!isRecord(schema)) return null;
  const properties = schema.properties;
  if (properties === undefined) return schema.type === 'object' ? [] : null;
  if (!isRecord(properties)) return null;
  const names = Object.keys(properties);
  if (names.length > MAX_FIELDS || names.includes('__proto__')) return null;
  const required = schema.required;
  const needed = new Set(Array.isArray(required) ? required : []);
  return names.map((name) => fieldOf(name, properties[name], needed.has(name)));
}

function fieldOf(name: string, schema: unknown, required: boolean): ToolField {
  const record = isRecord(schema) ? schema : {};
  const fallback = record.default;
  const options = optionsOf(record.enum);
  const kind = options === null ? kindOf(record.type) : 'choice';
  return {
    name,
    label: words(record.title) || name,
    help: words(record.description),
    required,
    kind,
    options: options ?? [],
    initial: initialOf(kind, fallback),
  };
}

function initialOf(kind: ToolField['kind'], fallback: unknown): string {
  if (fallback === undefined) return '';
  return kind === 'text' && typeof fallback === 'string' ? fallback : (JSON.stringify(fallback) ?? '');
}

function kindOf(type: unknown): ToolField['kind'] {
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return type;
    case 'boolean':
      return 'switch';
    default:
      return 'json';
  }
}

function optionsOf(list: unknown): ToolField['options'] | null {
  if (!Array.isArray(list) || list.length === 0 || list.length > 200) return null;
  const plain = list.filter((one) => ['string', 'number', 'boolean'].includes(typeof one));
  return plain.length === list.length ? plain : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_WORDS) : '';
}
