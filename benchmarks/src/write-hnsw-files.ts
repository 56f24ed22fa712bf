import { closeSync, openSync, writeFileSync, writeSync } from "node:fs"
import { join } from "node:path"

const links = 16
const linksOfLevel0 = 2 * links
const bufferedElements = 2_000

export type HnswWriter = {
  add(element: { id: string; vector: Float32Array }): void
  /** Writes what is left and returns the bytes of `index_metadata.pickle`. */
  finish(): Uint8Array
}

/** Writes an index in the format of Chroma's hnswlib (persistence version 1), without links; labels count from 1. */
export function createHnswWriter({
  folder,
  count,
  dimension,
}: {
  folder: string
  count: number
  dimension: number
}): HnswWriter {
  const dataOffset = 4 * linksOfLevel0 + 4
  const labelOffset = dataOffset + 4 * dimension
  const stride = labelOffset + 8
  writeFileSync(join(folder, "header.bin"), header({ count, stride, labelOffset, dataOffset }))
  writeFileSync(join(folder, "length.bin"), Buffer.alloc(4 * count))
  writeFileSync(join(folder, "link_lists.bin"), Buffer.alloc(4 * count))
  const file = openSync(join(folder, "data_level0.bin"), "w")
  const ids: string[] = []
  const buffer = Buffer.alloc(bufferedElements * stride)
  let end = 0
  const flush = () => {
    writeSync(file, buffer, 0, end)
    end = 0
  }
  return {
    add({ id, vector }) {
      ids.push(id)
      for (const [column, value] of vector.entries()) {
        buffer.writeFloatLE(value, end + dataOffset + 4 * column)
      }
      buffer.writeBigUInt64LE(BigInt(ids.length), end + labelOffset)
      end += stride
      if (end === buffer.length) flush()
    },
    finish() {
      flush()
      closeSync(file)
      return pickle({ ids, dimension })
    },
  }
}

function header(fields: {
  count: number
  stride: number
  labelOffset: number
  dataOffset: number
}): Uint8Array {
  const bytes = Buffer.alloc(100)
  const unsigned = [
    [12, fields.count],
    [20, fields.count],
    [28, fields.stride],
    [36, fields.labelOffset],
    [44, fields.dataOffset],
    [60, links],
    [68, linksOfLevel0],
    [76, links],
    [92, 100],
  ] as const
  bytes.writeInt32LE(1, 0)
  for (const [offset, value] of unsigned) bytes.writeBigUInt64LE(BigInt(value), offset)
  bytes.writeDoubleLE(1 / Math.log(links), 84)
  return bytes
}

/** Protocol 3, as the Rust server writes it. */
function pickle({ ids, dimension }: { ids: string[]; dimension: number }): Uint8Array {
  const text = (value: string) => {
    const bytes = Buffer.from(value)
    return Buffer.concat([Buffer.from([0x58]), int32(bytes.length), bytes])
  }
  const integer = (value: number) => Buffer.concat([Buffer.from([0x4a]), int32(value)])
  const dictionary = (entries: Buffer[]) =>
    Buffer.concat([Buffer.from([0x7d, 0x28]), ...entries, Buffer.from([0x75])])
  return Buffer.concat([
    Buffer.from([0x80, 3]),
    dictionary([
      text("dimensionality"),
      integer(dimension),
      text("total_elements_added"),
      integer(ids.length),
      text("max_seq_id"),
      Buffer.from([0x4e]),
      text("id_to_label"),
      dictionary(ids.flatMap((id, place) => [text(id), integer(place + 1)])),
      text("label_to_id"),
      dictionary(ids.flatMap((id, place) => [integer(place + 1), text(id)])),
      text("id_to_seq_id"),
      dictionary([]),
    ]),
    Buffer.from("."),
  ])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
