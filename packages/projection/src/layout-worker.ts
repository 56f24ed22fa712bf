import { parentPort } from "node:worker_threads"
import { arrangeRows } from "./arrange-rows.ts"
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts"
import { placeAmong } from "./place-among.ts"
import { principalAxes, reduceRows } from "./principal-axes.ts"
import { scalePlaces } from "./scale-places.ts"
import type { VectorRows } from "./vector-rows.ts"

const answer = (message: LayoutAnswer) => parentPort?.postMessage(message)

let landmarks: VectorRows | undefined

parentPort?.on("message", (request: LayoutRequest) => {
  if (request.kind === "fit") {
    const axes = principalAxes(request.rows)
    landmarks = reduceRows({ rows: request.rows, axes })
    answer({ kind: "axes", axes })
    return
  }
  if (landmarks === undefined) throw new Error("The axes come first.")
  const arranged = arrangeRows({
    rows: landmarks,
    onProgress: (share) => answer({ kind: "progress", share: share * (request.rows ? 0.6 : 1) }),
  })
  const places =
    request.rows === null
      ? arranged.places
      : placeAmong({
          rows: request.rows,
          landmarks,
          places: arranged.places,
          onProgress: (share) => answer({ kind: "progress", share: 0.6 + 0.4 * share }),
        })
  answer({ kind: "layout", method: arranged.method, places: scalePlaces(places) })
})
