import type { VectorRows } from "@reasoningbank/projection"

export type IdentifiedRows = VectorRows & { ids: string[] }

const headerBytes = 4

/** Lines of an id and a vector as pgvector sends it (dimension, padding, big-endian float32), in base64. */
export function parseVectorLines(text: string | null): IdentifiedRows {
  const lines = text === null || text === "" ? [] : text.split("\n")
  const ids: string[] = []
  let dimension = 0
  let values = new Float32Array()
  lines.forEach((line, row) => {
    const [id = "", encoded = ""] = line.split(" ")
    const bytes = Buffer.from(encoded, "base64")
    if (row === 0) {
      dimension = bytes.readUInt16BE(0)
      values = new Float32Array(lines.length * dimension)
    }
    ids.push(id)
    for (let column = 0; column < dimension; column++) {
      values[row * dimension + column] = bytes.readFloatBE(headerBytes + 4 * column)
    }
  })
  return { ids, count: ids.length, dimension, values }
}
