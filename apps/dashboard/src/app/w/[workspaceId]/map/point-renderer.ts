import { type Camera, type Size, scaleOf } from "./camera.ts"

export type PointRenderer = {
  setPlaces(places: { x: readonly number[]; y: readonly number[] }): void
  /** By group: its colour as red, green and blue from 0 to 1, and its shape. */
  setGroups(of: Uint8Array, groups: readonly { rgb: readonly number[]; shape: number }[]): void
  /** 1 for the chosen ones, 0 for all others; null when none is chosen and all are shown alike. */
  setChosen(chosen: Uint8Array | null): void
  draw(view: { camera: Camera; size: Size; pixelRatio: number }): void
  dispose(): void
}

const mostGroups = 16

const vertexShader = `#version 300 es
in vec2 place;
in float group;
in float chosen;
uniform vec2 scale;
uniform vec2 middle;
uniform float pointSize;
uniform vec4 groups[${mostGroups}];
uniform bool hasChoice;
out vec4 colour;
flat out int shape;
void main() {
  bool faded = hasChoice && chosen < 0.5;
  gl_Position = vec4((place - middle) * scale, faded ? 0.5 : 0.0, 1.0);
  gl_PointSize = pointSize * (hasChoice && chosen > 0.5 ? 1.5 : 1.0);
  vec4 own = groups[int(group)];
  colour = vec4(own.rgb, faded ? 0.18 : 0.85);
  shape = int(own.a);
}`

const fragmentShader = `#version 300 es
precision mediump float;
in vec4 colour;
flat in int shape;
out vec4 drawn;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float edge = length(p);
  if (shape == 1) edge = max(abs(p.x), abs(p.y)) * 1.15;
  if (shape == 2) edge = max(abs(p.x) * 1.2 - p.y * 0.62, p.y) * 1.1 + 0.12;
  if (shape == 3) edge = (abs(p.x) + abs(p.y)) * 0.95;
  float alpha = colour.a * (1.0 - smoothstep(0.8, 1.0, edge));
  if (alpha < 0.01) discard;
  drawn = vec4(colour.rgb * alpha, alpha);
}`

/** Draws points with WebGL 2; null where the browser has none. Compiles no script, so it works under the content policy. */
export function createPointRenderer(canvas: HTMLCanvasElement): PointRenderer | null {
  const gl = canvas.getContext("webgl2", {
    antialias: false,
    alpha: true,
    premultipliedAlpha: true,
  })
  const program = gl === null ? null : linkProgram(gl)
  if (gl === null || program === null) return null
  const array = gl.createVertexArray()
  gl.bindVertexArray(array)
  const places = createAttribute({ gl, program, name: "place", size: 2, type: gl.FLOAT })
  const groups = createAttribute({ gl, program, name: "group", size: 1, type: gl.UNSIGNED_BYTE })
  const chosen = createAttribute({ gl, program, name: "chosen", size: 1, type: gl.UNSIGNED_BYTE })
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const at = {
    scale: uniform("scale"),
    middle: uniform("middle"),
    pointSize: uniform("pointSize"),
    groups: uniform("groups"),
    hasChoice: uniform("hasChoice"),
  }
  const palette = new Float32Array(4 * mostGroups)
  let count = 0
  let hasChoice = false
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  return {
    setPlaces: ({ x, y }) => {
      count = x.length
      const flat = new Float32Array(2 * count)
      for (let index = 0; index < count; index++) {
        flat[2 * index] = x[index] ?? 0
        flat[2 * index + 1] = y[index] ?? 0
      }
      places(flat)
      groups(new Uint8Array(count))
      chosen(new Uint8Array(count))
    },
    setGroups: (of, colours) => {
      groups(of)
      colours.slice(0, mostGroups).forEach(({ rgb, shape }, group) => {
        palette.set([...rgb, shape], 4 * group)
      })
    },
    setChosen: (flags) => {
      hasChoice = flags !== null
      chosen(flags ?? new Uint8Array(count))
    },
    draw: ({ camera, size, pixelRatio }) => {
      canvas.width = Math.round(size.width * pixelRatio)
      canvas.height = Math.round(size.height * pixelRatio)
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 0)
      gl.clear(gl.COLOR_BUFFER_BIT)
      gl.useProgram(program)
      gl.bindVertexArray(array)
      const scale = scaleOf({ camera, size })
      gl.uniform2f(at.scale, (2 * scale) / size.width, (2 * scale) / size.height)
      gl.uniform2f(at.middle, camera.x, camera.y)
      gl.uniform1f(at.pointSize, pixelRatio * pointSizeOf({ count, zoom: camera.zoom }))
      gl.uniform4fv(at.groups, palette)
      gl.uniform1i(at.hasChoice, hasChoice ? 1 : 0)
      gl.drawArrays(gl.POINTS, 0, count)
    },
    dispose: () => {
      gl.getExtension("WEBGL_lose_context")?.loseContext()
    },
  }
}

/** Smaller where there are many, larger the closer one comes. */
function pointSizeOf({ count, zoom }: { count: number; zoom: number }): number {
  const base = Math.max(3.5, Math.min(9, 60 / Math.sqrt(Math.max(1, count / 20))))
  return Math.min(18, base * zoom ** 0.3)
}

function linkProgram(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)
    if (shader === null) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null
}

/** A buffer of one value, or two, a point; the returned function fills it. */
function createAttribute({
  gl,
  program,
  name,
  size,
  type,
}: {
  gl: WebGL2RenderingContext
  program: WebGLProgram
  name: string
  size: number
  type: number
}): (values: Float32Array | Uint8Array) => void {
  const buffer = gl.createBuffer()
  const location = gl.getAttribLocation(program, name)
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
  gl.enableVertexAttribArray(location)
  gl.vertexAttribPointer(location, size, type, false, 0, 0)
  return (values) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
  }
}
