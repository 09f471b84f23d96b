# Pictures that people send (crates/pictures). $found: what was met; $expected: the limit; $width, $height: in pixels.

picture-empty = The picture file is empty. Please choose it again.
picture-kind-unknown = The file is no picture that can be read. Please use JPEG, PNG, WebP, HEIC or GIF.
picture-svg = SVG pictures are not taken, because they can carry scripts. Please save it as PNG and send that.
picture-heic = This HEIC picture is coded in a way that cannot be read yet. Please save it as JPEG and send that; on an iPhone: Settings, Camera, Formats, “Most Compatible”.
picture-avif = AVIF pictures cannot be read. Please save it as JPEG or PNG and send that.
picture-file-too-large = The picture file has { $found } MB; at most { $expected } MB are taken. Please make it smaller.
picture-too-many-pixels = The picture has { $width } × { $height } pixels ({ $found } million); at most { $expected } million are read. Please make it smaller.
picture-too-wide = The picture is too large; each side has at most { $expected } pixels. Please make it smaller.
picture-too-small = The picture has only { $width } × { $height } pixels; each side needs at least { $expected }.
picture-damaged = The picture file is damaged or incomplete. Please open the original, save it as a new file, and send that.
picture-not-written = The picture cannot be written in a format for the page. Please crop it or make it smaller.
picture-first-frame = The picture moves: only its first frame is taken.
