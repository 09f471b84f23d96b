# Tài khoản cơ quan (crates/actions/src/accounts).

password-short = Mật khẩu có { $found } ký tự; cần ít nhất { $least } ký tự. Có thể dùng một câu dễ nhớ, có dấu cách.
password-long = Mật khẩu quá dài; chỉ dùng không quá { $most } byte.
password-common = Mật khẩu này dễ đoán: quá thông dụng, hoặc chỉ gồm tên cơ quan, tên đăng nhập. Đề nghị chọn một câu khác.
sign-in-refused = Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng.
sign-in-wait = Đã thử quá nhiều lần. Đề nghị thử lại sau { $seconds } giây.
sign-in-name = Tên đăng nhập “{ $found }” không dùng được: cần từ 3 đến 40 ký tự, chỉ gồm chữ thường không dấu, chữ số, dấu chấm và dấu gạch nối.
sign-in-name-taken = Tên đăng nhập “{ $found }” đã có người dùng. Đề nghị chọn tên khác.
setup-link-spent = Liên kết thiết lập này đã được dùng, đã hết hạn hoặc không đúng. Đề nghị người quản trị cấp liên kết mới.
holder-name = Cần ghi họ tên người phụ trách, không quá 100 ký tự.
holder-contact = Cách liên hệ quá dài; chỉ ghi không quá 200 ký tự.
holder-unknown = Không có người phụ trách này, hoặc người này đã thôi phụ trách.
code-wrong = Mã xác thực không đúng. Đề nghị xem lại giờ trên điện thoại rồi nhập mã đang hiện trong ứng dụng.
office-name = Cần ghi tên cơ quan, không quá 200 ký tự.
office-exists = Đã có cơ quan mang mã “{ $office }”. Đề nghị đặt tên khác.
office-last-administrator = Sau thay đổi này sẽ không còn ai quản trị trang. Chưa thay đổi gì; hãy giao quyền quản trị cho cơ quan khác trước.
sign-in-busy = Đang có quá nhiều người đăng nhập cùng lúc. Đề nghị thử lại sau ít phút.
