import { expect, test } from "vitest"
import { nearestFloat32 } from "./nearest-float32.ts"

test.each([
  [7.038531e-26, 0x15ae_43fd],
  [-7.038531e-26, 0x95ae_43fd],
  [0.1, 0x3dcc_cccd],
  [-0, 0x8000_0000],
  [3.4028235e38, 0x7f7f_ffff],
])("%s is the float32 with bits %i", (decimal, bits) => {
  expect(new Uint32Array(Float32Array.of(nearestFloat32(decimal)).buffer)[0]).toBe(bits)
})
