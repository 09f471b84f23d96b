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
