# Ảnh do người dùng gửi (crates/pictures). $found: nội dung gặp phải; $expected: giới hạn; $width, $height: số điểm ảnh.

picture-empty = Tệp ảnh rỗng. Đề nghị chọn lại tệp.
picture-kind-unknown = Tệp không phải là ảnh đọc được. Đề nghị dùng ảnh JPEG, PNG, WebP, HEIC hoặc GIF.
picture-svg = Ảnh SVG không được nhận vì có thể chứa mã lệnh. Đề nghị lưu thành ảnh PNG rồi gửi lại.
picture-heic = Ảnh HEIC này dùng cách mã hóa mà hệ thống chưa đọc được. Đề nghị lưu thành ảnh JPEG rồi gửi lại; trên iPhone: Cài đặt, Camera, Định dạng, chọn “Tương thích nhất”.
picture-avif = Ảnh AVIF không đọc được. Đề nghị lưu thành ảnh JPEG hoặc PNG rồi gửi lại.
picture-file-too-large = Tệp ảnh lớn { $found } MB; tối đa { $expected } MB. Đề nghị giảm kích thước ảnh rồi gửi lại.
picture-too-many-pixels = Ảnh có { $width } × { $height } điểm ảnh ({ $found } triệu); tối đa { $expected } triệu. Đề nghị giảm kích thước ảnh rồi gửi lại.
picture-too-wide = Ảnh quá lớn; mỗi cạnh tối đa { $expected } điểm ảnh. Đề nghị giảm kích thước ảnh rồi gửi lại.
picture-too-small = Ảnh chỉ có { $width } × { $height } điểm ảnh; mỗi cạnh cần ít nhất { $expected } điểm ảnh.
picture-damaged = Tệp ảnh bị hỏng hoặc không đầy đủ, không đọc được. Đề nghị mở lại ảnh gốc, lưu thành tệp mới rồi gửi lại.
picture-not-written = Không ghi được ảnh ở định dạng dùng cho trang. Đề nghị cắt bớt hoặc giảm kích thước ảnh rồi gửi lại.
picture-first-frame = Ảnh động: chỉ lấy hình đầu tiên.
