import { z } from "zod"
import {
  idField,
  instantField,
  jsonObjectField,
  textField,
  toJsonObject,
  vectorField,
} from "./write-fields.ts"

const outcomes = ["success", "failure", "partial"] as const
const difficultyLevels = ["simple", "moderate", "complex", "expert"] as const
const mostMemoryItems = 10
const mostTags = 10
const largestStage = 2_147_483_647

const id = idField
const stage = z.int().min(0).max(largestStage)

/** The name a workspace is kept under; usually the first 16 hex digits of the SHA-256 of the project's path. */
export const workspaceIdSchema = textField({ shortest: 1, longest: 500 })

/** One step of a trajectory. Keys beside these are kept as they are. */
const trajectoryStepSchema = z
  .looseObject({
    iteration: z.int().min(0),
    action: textField({ shortest: 1 }),
    thought: z.string().nullish(),
    output: z.string().nullish(),
  })
  .transform(toJsonObject)

/** A vector made elsewhere, with the name of the model that made it. */
export const givenEmbeddingSchema = z.strictObject({
  vector: vectorField,
  model: textField({ shortest: 1, longest: 200 }),
})

const itemFields = {
  title: textField({ shortest: 5, longest: 200 }),
  description: textField({ shortest: 10, longest: 500 }),
  content: textField({ shortest: 20 }),
  /** What went wrong; usual keys are `error_type`, `failure_pattern` and `corrective_guidance`. */
  errorContext: jsonObjectField.nullish(),
  parentMemoryId: id.nullish(),
  /** Memory items this one was made from. */
  derivedFrom: z.array(id).nullish(),
  /** 0 for a lesson of the first generation. */
  evolutionStage: stage.optional(),
  patternTags: z
    .array(textField({ shortest: 1, longest: 200 }))
    .max(mostTags)
    .nullish(),
  difficultyLevel: z.enum(difficultyLevels).nullish(),
  domainCategory: textField({ shortest: 1, longest: 200 }).nullish(),
  /** Kept beside the fields above. */
  extras: jsonObjectField.optional(),
}

/** One lesson of a trace, as a program gives it. Lengths are in characters. */
export const newMemoryItemSchema = z.strictObject({
  ...itemFields,
  /** @default a UUID made of the trace's id and the position in it */
  id: id.optional(),
  /** With its zone. @default the trace's */
  createdAt: instantField.optional(),
  /** @default embedded from title, description and content */
  embedding: givenEmbeddingSchema.optional(),
})

/** What may be changed in a memory item; keys that are left out stay as they are. */
export const memoryItemChangesSchema = z
  .strictObject({
    ...itemFields,
    description: itemFields.description.nullable(),
    embedding: givenEmbeddingSchema,
  })
  .omit({ parentMemoryId: true, derivedFrom: true })
  .partial()

/** One attempt at a task, as a program gives it. */
export const newReasoningTraceSchema = z.strictObject({
  workspaceId: workspaceIdSchema,
  /** @default a random UUID */
  id: id.optional(),
  task: textField({ shortest: 5 }),
  trajectory: z.array(trajectoryStepSchema).min(1),
  outcome: z.enum(outcomes),
  memoryItems: z.array(newMemoryItemSchema).max(mostMemoryItems).default([]),
  metadata: jsonObjectField.default({}),
  parentTraceId: id.nullish(),
  relatedTraceIds: z.array(id).default([]),
  /** With its zone. @default now */
  createdAt: instantField.optional(),
  extras: jsonObjectField.default({}),
  /** Vector of the task. @default embedded from the task */
  embedding: givenEmbeddingSchema.optional(),
})

export type NewReasoningTrace = z.input<typeof newReasoningTraceSchema>
export type NewMemoryItem = z.input<typeof newMemoryItemSchema>
export type TrajectoryStep = z.input<typeof trajectoryStepSchema>
export type MemoryItemChanges = z.input<typeof memoryItemChangesSchema>
export type ParsedTrace = z.output<typeof newReasoningTraceSchema>
export type ParsedMemoryItem = z.output<typeof newMemoryItemSchema>
export type ParsedChanges = z.output<typeof memoryItemChangesSchema>
