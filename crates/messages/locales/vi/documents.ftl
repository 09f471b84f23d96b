# Mẫu báo cáo: các lỗi và lưu ý khi đọc, kiểm tra và điền số liệu.

template-front-matter-missing = Mẫu báo cáo phải mở đầu bằng phần khai báo đặt giữa hai dòng "+++" (dòng đầu tiên của tệp là "+++"); không tìm thấy phần này.
template-front-matter-invalid = Phần khai báo ở đầu mẫu báo cáo không đọc được: { $detail }
template-control-character = Có ký tự điều khiển không nhìn thấy được trong mẫu báo cáo; đề nghị xóa ký tự này và gõ lại.
template-unclosed-braces = Có dấu mở "{"{{"}" mà không có dấu đóng "{"}}"}" trong cùng đoạn văn.
template-unopened-braces = Có dấu đóng "{"}}"}" mà không có dấu mở "{"{{"}" trước đó.
template-empty-braces = Giữa "{"{{"}" và "{"}}"}" chưa ghi gì; cần ghi mã chỉ số, ví dụ "members.registered".
template-too-many-figures = Mẫu báo cáo có quá nhiều chỗ điền số liệu (tối đa 65.534 chỗ).
template-invalid-key = "{ $found }" không phải là mã chỉ số; mã chỉ số bắt đầu bằng chữ thường không dấu và chỉ gồm chữ thường không dấu, chữ số, dấu chấm, dấu gạch nối, dấu gạch dưới.
template-unknown-form = Không có cách thể hiện "{ $found }"; các cách thể hiện hợp lệ: { $expected }.
template-unknown-block = Không có khối nội dung "{ $found }"; đề nghị xem lại cách viết trong tài liệu hướng dẫn mẫu báo cáo.
template-block-needs-figures = Khối "{ $found }" cần ghi các mã chỉ số sau dấu hai chấm, cách nhau bằng dấu phẩy.
template-one-figure-only = Biểu đồ theo đơn vị chỉ nhận một mã chỉ số; ở đây ghi nhiều hơn một.
template-signature-place = Khối chữ ký chỉ đặt một lần trong báo cáo, không đặt trong danh sách hoặc đoạn trích dẫn.
template-block-not-alone = Khối nội dung phải đứng riêng một đoạn, không đặt chung với chữ khác.
template-heading-skipped = Tiêu đề cấp { $found } đứng ngay sau cấp cao hơn mà bỏ qua cấp { $expected }; đề nghị dùng tiêu đề cấp { $expected }.
template-html = Mẫu báo cáo không nhận thẻ HTML; đề nghị viết bằng Markdown.
template-image = Mẫu báo cáo không nhận hình ảnh; đề nghị dùng khối biểu đồ.
template-link-address = Địa chỉ liên kết "{ $found }" không được chấp nhận; địa chỉ phải bắt đầu bằng "https://", "http://" hoặc "mailto:".
template-unsupported = Cách trình bày ở đây không có trong ngôn ngữ mẫu báo cáo.
template-too-deep = Danh sách hoặc trích dẫn lồng nhau quá nhiều cấp (tối đa 16 cấp).
template-unknown-figure = Không có chỉ số nào mang mã "{ $key }".
template-unknown-figure-near = Không có chỉ số nào mang mã "{ $key }"; mã gần giống nhất là "{ $nearest }".
template-bare-number = Số "{ $found }" được gõ trực tiếp vào báo cáo. Số liệu kết quả phải gắn với chỉ số; nếu đây không phải là số liệu kết quả, đề nghị thêm dấu "\" trước số.
template-figure-has-no-form = Chỉ số "{ $key }" không có cách thể hiện "{ $form }" trong kỳ báo cáo này.
template-nothing-for-block = Không có nội dung nào cho khối này trong kỳ báo cáo này.
