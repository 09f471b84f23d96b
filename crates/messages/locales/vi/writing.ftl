# Bài viết: Markdown, dán từ Word, tệp .docx (crates/writing). Dòng và cột hiện ở đầu câu.
# $found: nội dung gặp phải; $expected: giới hạn hoặc nội dung cần có; $key: mã số liệu; $form: cách viết số liệu.

writing-too-long = Bài viết dài { $found } nghìn byte; tối đa { $expected } nghìn byte. Đề nghị tách thành nhiều bài.
writing-too-deep = Danh sách hoặc trích dẫn lồng nhau quá { $expected } cấp; bài viết được hiện nguyên văn, không định dạng. Đề nghị giảm số cấp.
writing-figure-key = Trong ngoặc nhọn cần một mã số liệu; gặp phải “{ $found }”. Ví dụ đúng: “members.registered”.
writing-figure-form = Số liệu “{ $key }”: không có cách viết “{ $found }”. Các cách viết được dùng: wording, value, fraction, percent, coverage, missing, target, before.
writing-figure-unknown = Không có số liệu nào mang mã “{ $key }”. Đề nghị chọn lại mã trong danh sách số liệu.
writing-figure-no-form = Số liệu “{ $key }” không viết được theo cách “{ $form }”. Đề nghị chọn cách viết khác, hoặc bỏ phần sau dấu gạch đứng.
writing-picture-elsewhere = Ảnh “{ $found }” nằm ở trang khác nên không hiện. Đề nghị tải ảnh lên trang này rồi chèn lại.
writing-picture-unknown = Không có ảnh nào mang mã “{ $found }”. Đề nghị chèn lại ảnh từ kho ảnh.
writing-picture-no-words = Ảnh “{ $found }” chưa có lời mô tả cho người không nhìn được ảnh. Đề nghị ghi vào giữa hai dấu ngoặc vuông.
writing-attachment-unknown = Không có tệp đính kèm nào mang mã “{ $found }”. Đề nghị đính kèm lại.
writing-link-refused = Liên kết “{ $found }” không được dùng và đã bị bỏ. Địa chỉ cần bắt đầu bằng https://, http://, mailto:, tel: hoặc dấu “/”.
writing-link-no-words = Liên kết tới “{ $found }” không có chữ nào để bấm vào. Đề nghị ghi tên liên kết giữa hai dấu ngoặc vuông.
writing-html-shown = Mã HTML “{ $found }” được hiện nguyên văn, không có tác dụng định dạng. Đề nghị dùng cách viết Markdown.

word-pictures-left-out = Văn bản dán có { $count } ảnh, không lấy theo được. Đề nghị tải ảnh lên rồi chèn vào chỗ cần.
word-cells-merged = Bảng có { $count } ô gộp; nội dung được để ở ô đầu, các ô còn lại để trống. Đề nghị xem lại bảng.
word-contents-left-out = Mục lục của văn bản gốc đã được bỏ; trang bài viết tự có mục lục theo các đề mục.
word-cut = Văn bản quá dài, phần cuối đã bị cắt. Đề nghị dán từng phần, hoặc tách thành nhiều bài.

# $part: phần bên trong tệp Word
docx-not-a-docx = Tệp không phải là văn bản Word (.docx). Đề nghị mở bằng Word hoặc LibreOffice và lưu lại dưới dạng .docx.
docx-is-doc = Tệp thuộc định dạng Word cũ (.doc), không đọc được. Đề nghị mở bằng Word và lưu lại dưới dạng .docx.
docx-is-pdf = Tệp là PDF, không đọc được thành bài viết. Đề nghị dùng tệp Word (.docx) gốc.
docx-encrypted = Tệp Word có mật khẩu, không đọc được. Đề nghị bỏ mật khẩu rồi gửi lại.
docx-too-large = Tệp lớn { $found } MB; tối đa { $expected } MB. Đề nghị giảm kích thước ảnh trong tệp hoặc tách tệp.
docx-bomb = Tệp khi giải nén lớn { $found } MB, vượt quá mức bình thường của một văn bản; không nhận.
docx-damaged-zip = Tệp Word bị hỏng, không mở được. Đề nghị lưu lại bằng Word rồi gửi lại.
docx-damaged = Tệp Word bị hỏng ở phần “{ $part }”. Đề nghị mở bằng Word, lưu lại rồi gửi lại.
docx-doctype = Phần “{ $part }” của tệp có khai báo không dùng trong văn bản Word bình thường; không nhận.
docx-too-many-parts = Tệp có { $found } phần bên trong; tối đa { $expected } phần.
docx-parts-overlap = Tệp có các phần bên trong chồng lên nhau hoặc trùng tên; không nhận.
docx-unsafe-name = Tệp có phần mang tên không an toàn “{ $found }”; không nhận.
docx-too-deep = Khung chữ trong tệp lồng nhau quá { $expected } cấp; không nhận. Đề nghị đưa nội dung ra ngoài khung chữ.
docx-cells-merged = Bảng có { $count } ô gộp; nội dung được để ở ô đầu, các ô còn lại để trống. Đề nghị xem lại bảng.
docx-changes-tracked = Tệp có theo dõi sửa đổi: phần thêm được giữ, phần xóa được bỏ. Đề nghị xem lại bài viết.
docx-contents-left-out = Mục lục của văn bản gốc đã được bỏ; trang bài viết tự có mục lục theo các đề mục.
docx-objects-left-out = Có { $count } đối tượng (biểu đồ, sơ đồ, tệp nhúng) không lấy theo được. Đề nghị lưu thành ảnh rồi chèn lại.
docx-comments-left-out = Các ghi chú bên lề (bình luận) của tệp gốc đã được bỏ.
docx-macros-left-out = Tệp có macro; macro không được đọc và đã được bỏ.
docx-pictures-left-out = Có { $count } ảnh không lấy theo được (thiếu trong tệp hoặc quá nhiều). Đề nghị tải từng ảnh lên.
docx-cut = Văn bản quá dài, phần cuối đã bị cắt. Đề nghị tách thành nhiều bài.
