# Nội dung của trang: bài viết, chuyên mục, ảnh và tệp, chuyển hướng, góp ý.

article-unknown = Không tìm thấy bài viết này.
article-needs-column = Bài viết phải thuộc một chuyên mục; trang tĩnh thì không thuộc chuyên mục nào.
article-translation-exists = Bài viết này đã có bản { $lang ->
    [vi] tiếng Việt
    [en] tiếng Anh
    [km] tiếng Khmer
   *[other] “{ $lang }”
  }. Đề nghị sửa bản đã có.
article-of-another-office = Bài viết do { $office } khởi tạo. Muốn sửa cần có quyền biên tập ở chuyên mục này.
article-changed-meanwhile = { $by } đã lưu bản số { $number } trong lúc bài đang được sửa. Phần vừa gõ vẫn được giữ; đề nghị xem bản mới rồi lưu lại.
article-unsaved = Có nội dung đã gõ mà chưa lưu, nên việc này chưa được thực hiện. Hãy bấm “Lưu” (hoặc bỏ nội dung lưu tạm), rồi làm lại.
article-too-long = { $what ->
    [title] Tiêu đề
    [lead] Sa-pô
    [body] Nội dung
    [byline] Tên tác giả hoặc nguồn
   *[other] Danh sách nhãn hoặc bài liên quan
  } dài { $found }, vượt mức cho phép là { $expected }.
article-needs-title = Bài viết chưa có tiêu đề.
article-needs-body = Bài viết chưa có nội dung.
article-needs-alt = Ảnh đại diện chưa có mô tả cho người không nhìn thấy ảnh. Đề nghị ghi ngắn gọn trong ảnh có gì.
article-cover-unknown = Ảnh đại diện không có trong kho ảnh. Đề nghị chọn lại.
article-needs-reason = { $act ->
    [return] Khi trả lại bài
   *[other] Khi gỡ bài
  } phải ghi rõ lý do.
article-no-period = Chưa có kỳ báo cáo nào nên chưa thể gắn số liệu vào bài.
revision-unknown = Bài viết không có bản số { $number }.
schedule-in-the-past = Thời điểm hẹn đăng phải ở sau lúc này.
expiry-in-the-past = Thời điểm hết hạn phải ở sau lúc này.
content-marked-secret = Nội dung hoặc tên tệp mang dấu độ mật “{ $marking }”. Tài liệu thuộc danh mục bí mật nhà nước không được đưa vào hệ thống này.
preview-hours = Liên kết xem trước dùng được từ 1 đến { $expected } giờ.

slug-invalid = “{ $slug }” không dùng làm địa chỉ được: chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối. Có thể dùng: “{ $expected }”.
slug-taken = Địa chỉ “{ $slug }” đã có nơi khác dùng.
slug-reserved = Địa chỉ “{ $slug }” dành cho chức năng của trang, không đặt cho chuyên mục được.

column-unknown = Không có chuyên mục nào mang mã “{ $column }”.
column-exists = Đã có chuyên mục mang mã “{ $column }”.
column-needs-name = Chuyên mục phải có tên tiếng Việt.
column-under-itself = Không thể đặt chuyên mục “{ $column }” vào chỗ này: chuyên mục không nằm trong chính nó, và không quá 8 cấp.

settings-url = Địa chỉ của trang phải có dạng https://ten-mien.vn, không có dấu gạch chéo ở cuối; đang là “{ $found }”.
settings-email = “{ $found }” không phải là địa chỉ thư điện tử.
settings-feedback-days = Số ngày lưu góp ý phải từ 1 đến 3.650; đang là { $found }.
settings-abbreviation = Dòng { $line } của bảng chữ viết tắt còn thiếu chữ viết tắt hoặc nghĩa đầy đủ.
notice-needs-text = Thông báo phải có nội dung tiếng Việt.
notice-time = Thông báo phải kết thúc sau lúc bắt đầu và sau lúc này.
notice-over = Thông báo này đã kết thúc hoặc không có.

media-unknown = Không tìm thấy ảnh hoặc tệp này.
picture-renditions = Ảnh “{ $file }” chưa được xử lý thành các cỡ để hiển thị, hoặc quá lớn.
attachment-too-large = Tệp “{ $file }” lớn hơn { $expected } MB.
media-attachment-kind = Tệp “{ $file }” không đính kèm được. Chỉ nhận PDF, Word (.docx), Excel (.xlsx), ODT và ODS, không chứa macro.
media-attachment-name = Nội dung của tệp “{ $file }” là loại .{ $expected }, không khớp với phần mở rộng của tên tệp.

redirect-columns = Mỗi dòng gồm hai cột: địa chỉ cũ, địa chỉ mới. Dòng này có { $found } cột.
redirect-from = “{ $found }” không phải là địa chỉ cũ hợp lệ; cần dạng /duong-dan hoặc https://trang-cu.vn/duong-dan.
redirect-to = “{ $found }” không phải là địa chỉ của trang này; chỉ chuyển hướng trong trang, dạng /duong-dan.
redirect-loop = Dòng này chuyển “{ $path }” về chính nó theo một vòng.
redirect-too-many = Tệp có hơn { $expected } dòng; phần còn lại chưa được nhận.
redirect-unknown = Không có chuyển hướng nào từ “{ $path }”.

feedback-empty = Góp ý chưa có nội dung.
feedback-too-long = Góp ý dài { $found } ký tự; tối đa { $expected } ký tự, phần liên hệ tối đa 200 ký tự.
feedback-handled = Góp ý này đã được xử lý hoặc không còn lưu.
rating-score = Mức hài lòng phải từ 1 đến 5.
rating-page-unknown = Không có trang này để đánh giá.
